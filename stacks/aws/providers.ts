import { Provider } from "@pulumi/aws/provider";
import type { Tags } from "../../components/support/amazon";

/** Options of what lies in a Region: nothing is left to the provider that Pulumi makes by itself. */
export type Places = (region: string) => { readonly provider: Provider };

export function declareProviders(regions: readonly string[], tags: Tags): Places {
    const providers = new Map(
        [...new Set(regions)].map((region) => [
            region,
            new Provider(`aws-${region}`, { region, defaultTags: { tags } }),
        ]),
    );
    return (region) => ({ provider: providers.get(region)! });
}
