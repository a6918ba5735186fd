import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { dropOnPage } from '../store/intake'
import { useStore } from '../store/state'
import { warmUp } from '../store/workers'
import styles from './App.module.css'
import { useDrop } from './common/useDrop'
import { Header } from './header/Header'
import { Notices } from './notices/Notices'
import { StartPage } from './start/StartPage'

const loadWorkbench = (): Promise<{ default: () => ReactNode }> =>
  import('./workbench/Workbench').then((module) => ({ default: module.Workbench }))
const Workbench = lazy(loadWorkbench)

/** The whole page: a start page until a model is open, then the workbench. Files may be dropped anywhere. */
export function App(): ReactNode {
  const hasModel = useStore((state) => state.graph !== null)
  const { over, handlers } = useDrop((files) => void dropOnPage(files))

  // The graph view is fetched, and the workers are started, while the user still reads the first page.
  useEffect(() => {
    const timer = setTimeout(() => void loadWorkbench().then(warmUp), 300)
    return () => clearTimeout(timer)
  }, [])

  return (
    <div className={styles.app} {...handlers}>
      <Header />
      <main className={styles.main}>
        {hasModel ? (
          <Suspense fallback={<p className={styles.loading}>Drawing the graph …</p>}>
            <Workbench />
          </Suspense>
        ) : (
          <StartPage />
        )}
        <Notices />
      </main>
      {over && (
        <div className={styles.drop} role="status">
          <p>{hasModel ? 'Drop photos to add them, or another model to open it' : 'Drop to open the model'}</p>
        </div>
      )}
    </div>
  )
}
