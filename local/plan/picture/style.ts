interface Colors {
    readonly ground: string;
    readonly text: string;
    readonly muted: string;
    /** Fill and border of boxes. */
    readonly boxes: Readonly<Record<string, readonly [fill: string, border: string]>>;
    readonly lines: Readonly<Record<"clients" | "push" | "pull" | "snapshots", string>>;
}

const light: Colors = {
    ground: "#ffffff",
    text: "#1f2328",
    muted: "#59636e",
    boxes: {
        region: ["#f6f8fa", "#d1d9e0"],
        network: ["#ffffff", "#b6c2cf"],
        zone: ["#ffffff", "#c8d1da"],
        public: ["#eef7f0", "#bfdcc6"],
        private: ["#eef3fb", "#c5d6ef"],
        cluster: ["#ffffff", "#7c98d3"],
        card: ["#ffffff", "#c8d1da"],
        chip: ["#ffffff", "#c8d1da"],
        karmada: ["#3557b7", "#3557b7"],
        balancer: ["#0f766e", "#0f766e"],
        bucket: ["#fff8e6", "#d8b765"],
        people: ["#ffffff", "#8c959f"],
        lane: ["#ffffff", "#d1d9e0"],
    },
    lines: { clients: "#6e7781", push: "#3557b7", pull: "#0f766e", snapshots: "#b38a1d" },
};

const dark: Colors = {
    ground: "#0d1117",
    text: "#e6edf3",
    muted: "#9aa4af",
    boxes: {
        region: ["#151b23", "#30363d"],
        network: ["#0d1117", "#3d444d"],
        zone: ["#0d1117", "#3d444d"],
        public: ["#10231a", "#2a4a38"],
        private: ["#111c2e", "#2a4064"],
        cluster: ["#0d1117", "#4d6db0"],
        card: ["#151b23", "#3d444d"],
        chip: ["#151b23", "#3d444d"],
        karmada: ["#3f63c8", "#3f63c8"],
        balancer: ["#127a72", "#127a72"],
        bucket: ["#2a2110", "#7d6426"],
        people: ["#151b23", "#6e7681"],
        lane: ["#0d1117", "#30363d"],
    },
    lines: { clients: "#8b949e", push: "#7d9bf0", pull: "#3fb8ac", snapshots: "#d0a63c" },
};

const rules = ({ ground, text, muted, boxes, lines }: Colors): string =>
    [
        `.ground{fill:${ground}}`,
        `.halo{stroke:${ground}}`,
        `.title,.heading,.strong{fill:${text}}`,
        `.label,.small{fill:${muted}}`,
        ...Object.entries(boxes).map(
            ([name, [fill, border]]) => `.${name}{fill:${fill};stroke:${border}}`,
        ),
        ...Object.entries(lines).map(
            ([name, color]) => `.line.${name}{stroke:${color}}.head.${name}{fill:${color}}`,
        ),
    ].join("");

/** Colours for a light page, and for a dark one where the reader's page is. */
export const style = [
    `text{font-family:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}`,
    `.onColor,.onColorSmall{fill:#ffffff}`,
    `.zone,.lane{stroke-dasharray:4 4}`,
    `.line,.halo{fill:none;stroke-width:1.8}.halo{stroke-width:6;stroke-opacity:.75}`,
    `.line.pull{stroke-dasharray:6 4}`,
    rules(light),
    `@media (prefers-color-scheme:dark){${rules(dark)}}`,
].join("");
