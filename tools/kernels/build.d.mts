/** The compiled kernel. Throws with the compiler's messages. */
export function compileKernel(): Promise<Uint8Array>
/** The text of the generated module that holds a binary. */
export function moduleText(binary: Uint8Array): string
