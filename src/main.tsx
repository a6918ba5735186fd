import { createRoot } from 'react-dom/client'
import { createApi } from './api'
import { openUrl } from './store/opening/intake'
import { startStore } from './store/start'
import { boundaryTexts } from './texts/page/boundary'
import { App } from './ui/App'
import { Boundary } from './ui/boundary/Boundary'
import './ui/theme.css'

window.cutpoint = createApi(start())

/** Draws the page and opens what the address names (`#model=URL`). */
async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root) {
    createRoot(root).render(
      <Boundary what={boundaryTexts.parts.page} look="page">
        <App />
      </Boundary>,
    )
  }
  startStore()
  await openFromAddress()
  window.addEventListener('hashchange', () => void openFromAddress())
}

async function openFromAddress(): Promise<void> {
  // Everything after `#model=` is the address, with its own `&` and `+`.
  const [, model] = /^#model=(.+)$/s.exec(location.hash) ?? []
  if (model) await openUrl(decoded(model))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
