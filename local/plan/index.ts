export { planAsText } from "./asText";
export { pictureOf } from "./picture/svg";
export { type Plan, planOf } from "./plan";
