import { shown, type Problem } from "./problems";

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelValue = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const maxLength = 63;

export function isDnsLabel(text: string, longest = maxLength): boolean {
    return text.length <= longest && dnsLabel.test(text);
}

export function checkDnsLabel(path: string, value: unknown): Problem[] {
    if (typeof value === "string" && isDnsLabel(value)) {
        return [];
    }
    const message = `is ${shown(value)}; use 1 to 63 characters, lower-case letters, digits and inner hyphens.`;
    return [{ path, message }];
}

/** Region, zone and provider end up as label values in Karmada's own validation. */
export function checkLabelValue(path: string, value: unknown): Problem[] {
    if (typeof value === "string" && value.length <= maxLength && labelValue.test(value)) {
        return [];
    }
    const message = `is ${shown(value)}; use 1 to 63 letters, digits, and inner "-", "_" or ".".`;
    return [{ path, message }];
}
