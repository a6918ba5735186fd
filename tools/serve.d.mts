/** Serves the files of a folder on a free port; resolves to its address and a function that ends it. */
export function serve(
  folder: string,
  options?: { path?: string; isolated?: boolean; reports?: string[] },
): Promise<{ url: string; close: () => void }>
