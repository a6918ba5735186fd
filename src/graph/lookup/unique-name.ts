/** `wanted`, or `wanted_1`, `wanted_2`, … : the first that `taken` does not know. */
export function uniqueName(wanted: string, taken: (name: string) => boolean): string {
  let name = wanted
  for (let number = 1; taken(name); number++) name = `${wanted}_${number}`
  return name
}
