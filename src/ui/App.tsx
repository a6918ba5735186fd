import { useEffect, useState, type ReactNode } from 'react'
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
import { ModelsDialog } from './start/ModelsDialog'
import { StartFreshDialog } from './start/StartFreshDialog'
import { StartPage } from './start/StartPage'

const loadWorkbench = (): Promise<ReactNode> => import('./workbench/Workbench').then(({ Workbench }) => <Workbench />)

/** The whole page: a start page until a model is open, then the workbench. Files may be dropped anywhere. */
export function App(): ReactNode {
  const hasModel = useStore((state) => state.graph !== null)
  const keysOpen = usePage((state) => state.keys)
  usePageKeys()
  const { over, handlers } = useDrop((files, emptyFolders) => void dropOnPage(files, emptyFolders))

  const workbench = useWorkbench(hasModel)

  return (
    <div className={styles.app} {...handlers}>
      <Header />
      <Limits />
      <main className={styles.main}>
        {!hasModel && <StartPage />}
        {hasModel && (workbench ?? <p className={styles.loading}>{pageTexts.loading}</p>)}
        <Notices />
        <StartFreshDialog />
        <ModelsDialog />
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

/**
 * The workbench, once it is there: it is fetched, and the workers are started, while the user still reads the first page.
 * `lazy` would show its fallback first, which React then leaves for 300 ms.
 */
function useWorkbench(wanted: boolean): ReactNode {
  const [workbench, setWorkbench] = useState<ReactNode>(null)
  const loaded = workbench !== null
  useEffect(() => {
    if (loaded) return
    const load = async () => {
      setWorkbench(await loadWorkbench())
      warmUp()
    }
    const timer = setTimeout(() => void load(), wanted ? 0 : 300)
    return () => clearTimeout(timer)
  }, [wanted, loaded])
  return workbench
}
