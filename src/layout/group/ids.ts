/** What an operation is called among the items of a view. */
export const nodeId = (name: string): string => `n:${name}`

/** The same of the group of a scope. */
export const groupId = (path: string): string => `g:${path}`
