/** The kernels that are compiled. */
export type KernelName = 'head' | 'tail'
/** The compiled kernel. Throws with the compiler's messages. */
export function compileKernel(name: KernelName): Promise<Uint8Array>
/** The text of the generated module that holds a binary. */
export function moduleText(name: KernelName, binary: Uint8Array): string
/** The text of the generated module as it is committed. */
export function committedText(name: KernelName): Promise<string>
