import { createRoot } from 'react-dom/client'
import { createApi } from './api'
import { openUrl } from './store/intake'
import { App } from './ui/App'
import './ui/theme.css'

window.cutpoint = createApi(start())

/** Draws the page and opens what the address names (`#model=URL`). */
async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root) createRoot(root).render(<App />)
  await openFromAddress()
  window.addEventListener('hashchange', () => void openFromAddress())
}

async function openFromAddress(): Promise<void> {
  const model = new URLSearchParams(location.hash.slice(1)).get('model')
  if (model) await openUrl(model)
}
