import tseslint from "typescript-eslint";

const resourceInApply = {
    selector:
        "CallExpression[callee.property.name='apply'] :matches(ArrowFunctionExpression, FunctionExpression) NewExpression[callee.type='MemberExpression']",
    message:
        "A resource made inside apply is invisible to preview: make it outside, pass outputs in.",
};

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
                        regex: `^(\\.\\./)+(${others.join("|")})(/|$)`,
                        message: `${part}/ stands on its own: it never imports from ${others.join(", ")}.`,
                    },
                ],
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
            "no-restricted-syntax": ["error", resourceInApply],
            "@typescript-eslint/no-explicit-any": "error",
            eqeqeq: "error",
            "prefer-const": "error",
        },
    },
    ...forbidden,
);
