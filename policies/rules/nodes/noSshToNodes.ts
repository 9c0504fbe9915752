import { isSet } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { launchTemplate, nodeGroup } from "../../subjects/amazon";

export const noSshToNodes = resourceRule({
    id: "NODE-05",
    name: "no-ssh-to-nodes",
    sentence: "Nobody enters a node by SSH.",
    severity: "medium",
    anchors: ["Checkov CKV_AWS_100", "EKS best practices: minimize access to nodes"],
    remedy: "Leave keyName and remoteAccess out; use Session Manager or kubectl debug.",
    levels: levels.always,
    unknown: "never",
    types: [launchTemplate, nodeGroup],
    check({ props }, report) {
        for (const property of ["keyName", "remoteAccess"]) {
            if (isSet(props, property)) report(`${property} is set: leave it out.`);
        }
    },
});
