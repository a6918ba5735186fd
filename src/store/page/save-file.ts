/** Hands a file to the user, as a download of that name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Once the browser has taken it; revoked at once, some give an empty file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
