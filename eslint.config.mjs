import tseslint from "typescript-eslint";

const inApply =
    "CallExpression[callee.property.name='apply'] :matches(ArrowFunctionExpression, FunctionExpression)";
const invisible =
    "A resource made inside apply is invisible to preview: make it outside, pass outputs in.";

/** Whatever is constructed inside apply, but for plain values of the language and assets. */
const resourceInApply = [
    {
        selector: `${inApply} NewExpression:not([callee.name=/^(Date|Map|Set|URL|RegExp|\\w*Error)$/]):not([callee.property.name=/(Asset|Archive|Error)$/])`,
        message: invisible,
    },
    {
        selector: `${inApply} CallExpression[callee.property.name='get']:matches([callee.object.name=/^[A-Z]/], [callee.object.property.name=/^[A-Z]/])`,
        message: invisible,
    },
];

/** What each part of the house may not import; data flows settings → stack → components → resources. */
const house = {
    components: ["stacks", "policies", "local", "tests"],
    stacks: ["policies", "local", "tests"],
    policies: ["stacks", "local", "tests"],
};
const forbidden = Object.entries(house).map(([part, others]) => ({
    files: [`${part}/**/*.ts`],
    rules: {
        "no-restricted-imports": [
            "error",
            {
                patterns: [
                    {
                        regex: `^\\.{1,2}/(.*/)?(${others.join("|")})(/|$)`,
                        message: `${part}/ stands on its own: it never imports from ${others.join(", ")}.`,
                    },
                ],
            },
        ],
        "no-restricted-syntax": [
            "error",
            ...resourceInApply,
            {
                selector: "ImportExpression:not([source.value=/^[@a-z]/])",
                message: `${part}/ imports files at the top, where the rules of the house see it.`,
            },
        ],
    },
}));

export default tseslint.config(
    { ignores: ["node_modules", "dist", ".local"] },
    {
        files: ["**/*.ts"],
        extends: [...tseslint.configs.recommended],
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "no-restricted-syntax": ["error", ...resourceInApply],
            "@typescript-eslint/no-explicit-any": "error",
            eqeqeq: "error",
            "prefer-const": "error",
        },
    },
    ...forbidden,
);
