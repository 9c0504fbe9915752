import { AsnConvert } from "@peculiar/asn1-schema";
import { AttributeTypeAndValue, Name, RelativeDistinguishedName } from "@peculiar/asn1-x509";

/** In the order in which the attributes stand in the certificate. */
const attributes = {
    country: "2.5.4.6",
    organization: "2.5.4.10",
    organizationalUnit: "2.5.4.11",
    locality: "2.5.4.7",
    province: "2.5.4.8",
    streetAddresses: "2.5.4.9",
    postalCode: "2.5.4.17",
    commonName: "2.5.4.3",
    serialNumber: "2.5.4.5",
    emailAddress: "1.2.840.113549.1.9.1",
} as const;

type SubjectAttribute = keyof typeof attributes;
export const subjectAttributes = Object.keys(attributes) as SubjectAttribute[];

export type Subject = Partial<Record<SubjectAttribute, string | readonly string[]>>;

export function subjectName(subject: Subject): Name {
    return new Name(
        subjectAttributes.flatMap((attribute) => {
            const values = [subject[attribute] ?? []].flat();
            // Several values of one attribute stand side by side in one set.
            return values.length === 0
                ? []
                : [new RelativeDistinguishedName(sorted(values.map((v) => encode(attribute, v))))];
        }),
    );
}

/** DER wants the elements of a set in the order of their bytes. */
function sorted(elements: AttributeTypeAndValue[]): AttributeTypeAndValue[] {
    const bytes = (element: object) => Buffer.from(AsnConvert.serialize(element));
    return elements.sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
}

function encode(attribute: SubjectAttribute, text: string): AttributeTypeAndValue {
    const encoding =
        attribute === "emailAddress"
            ? "ia5String"
            : /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)
              ? "printableString"
              : "utf8String";
    const result = new AttributeTypeAndValue({ type: attributes[attribute] });
    result.value[encoding] = text;
    return result;
}
