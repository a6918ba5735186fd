import { CutpointError } from '../../errors'

/**
 * The address to fetch for what a user typed: a folder's (ending in `/`) becomes that of its model.json, one on
 * tfhub.dev that of its tfjs files. Throws CutpointError `url-unreachable` for what is no whole web address.
 */
export function modelAddress(typed: string): URL {
  const address = URL.canParse(typed.trim()) ? new URL(typed.trim()) : null
  if (address === null || !['http:', 'https:', 'blob:', 'data:'].includes(address.protocol)) {
    throw new CutpointError(
      'url-unreachable',
      `“${shorten(typed)}” is not an address that can be fetched.`,
      'Give the whole address, beginning with https://.',
      { url: typed },
    )
  }
  address.hash = ''
  if (address.hostname === 'tfhub.dev' && !/\.(json|zip)$/.test(address.pathname)) {
    address.pathname = `${address.pathname.replace(/\/$/, '')}/model.json`
    address.searchParams.set('tfjs-format', 'file')
  } else if (address.protocol.startsWith('http') && address.pathname.endsWith('/')) {
    address.pathname += 'model.json'
  }
  return address
}

/**
 * The address of a file that `main` names: relative to it, and with its query (which may hold a signature) where the
 * name has none. null where the name leads away from the server.
 */
export function besideAddress(main: URL, name: string): URL | null {
  if (!URL.canParse(name, main)) return null
  const address = new URL(name, main)
  if (address.origin !== main.origin || address.protocol !== main.protocol) return null
  if (address.search === '') address.search = main.search
  return address
}

/** An address as the path of a SourceFile. */
export function pathOf(address: URL): string {
  if (!address.protocol.startsWith('http')) return 'model'
  const path = address.pathname.replace(/^\/+/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
