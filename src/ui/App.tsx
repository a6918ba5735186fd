import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { dropOnPage } from '../store/intake'
import { usePage } from '../store/page'
import { useStore } from '../store/state'
import { warmUp } from '../store/workers'
import { pageTexts } from '../texts/page'
import styles from './App.module.css'
import { useDrop } from './common/useDrop'
import { Header } from './header/Header'
import { KeysDialog } from './help/KeysDialog'
import { Limits } from './help/Limits'
import { usePageKeys } from './help/usePageKeys'
import { Notices } from './notices/Notices'
import { StartFreshDialog } from './start/StartFreshDialog'
import { StartPage } from './start/StartPage'

const loadWorkbench = (): Promise<{ default: () => ReactNode }> =>
  import('./workbench/Workbench').then((module) => ({ default: module.Workbench }))
const Workbench = lazy(loadWorkbench)

/** The whole page: a start page until a model is open, then the workbench. Files may be dropped anywhere. */
export function App(): ReactNode {
  const hasModel = useStore((state) => state.graph !== null)
  const keysOpen = usePage((state) => state.keys)
  usePageKeys()
  const { over, handlers } = useDrop((files) => void dropOnPage(files))

  // The graph view is fetched, and the workers are started, while the user still reads the first page.
  useEffect(() => {
    const timer = setTimeout(() => void loadWorkbench().then(warmUp), 300)
    return () => clearTimeout(timer)
  }, [])

  return (
    <div className={styles.app} {...handlers}>
      <Header />
      <Limits />
      <main className={styles.main}>
        {hasModel ? (
          <Suspense fallback={<p className={styles.loading}>{pageTexts.loading}</p>}>
            <Workbench />
          </Suspense>
        ) : (
          <StartPage />
        )}
        <Notices />
        <StartFreshDialog />
      </main>
      {keysOpen && <KeysDialog />}
      {over && (
        <div className={styles.drop} role="status">
          <p>{hasModel ? pageTexts.dropMore : pageTexts.dropModel}</p>
        </div>
      )}
    </div>
  )
}
