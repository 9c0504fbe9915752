import { at, forEach, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { isTrue } from "../../subjects/amazon";
import { etcdsOf, etcdTypes } from "../../subjects/etcd";

const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";

export const etcdStorage = resourceRule({
    id: "KAR-03",
    name: "etcd-storage",
    sentence: "etcd keeps its data on encrypted volumes that outlive pods and nodes.",
    severity: "critical",
    anchors: [
        "Pod Security Standards: host path volumes",
        "karmada-io/karmada#2157",
        "karmada-io/karmada#5582",
    ],
    remedy: "Use volume claims, of a class that encrypts.",
    levels: levels.fromProd,
    unknown: "later",
    types: [...etcdTypes, storageClass],
    check(resource, report) {
        const { type, props } = resource;
        if (type === storageClass) {
            const isAmazon = textAt(props, "provisioner") === "ebs.csi.aws.com";
            if (isAmazon && !isTrue(at(props, "parameters", "encrypted"))) {
                report('parameters.encrypted is not "true": set it.');
            }
            return;
        }
        forEach(etcdsOf(resource), ({ storagePath, storage }) => {
            if (storage === "node") {
                report(
                    `${storagePath}: data lies on a node and is lost with it: use volume claims.`,
                );
            } else if (storage === "pod") {
                report(`${storagePath}: data is lost with a pod: use volume claims.`);
            }
        });
    },
});
