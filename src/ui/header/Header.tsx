import { FileUp, FolderUp, Moon, Presentation, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { pageActions } from '../../actions/page'
import { openFiles } from '../../store/opening/intake'
import { usePage } from '../../store/page/page'
import { useStore } from '../../store/state/state'
import { useTheme } from '../../store/page/theme'
import { headerTexts } from '../../texts/page/header'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useButton } from '../common/useButton'
import { ProjectDialog } from '../project/ProjectDialog'
import { ProjectMenu } from '../project/ProjectMenu'
import { BackendMenu } from './BackendMenu'
import styles from './Header.module.css'
import { HeaderMenu } from './HeaderMenu'
import { JobBar } from './JobBar'

/** The top of the page: what is open, what runs, on what, and light or dark. */
export function Header(): ReactNode {
  const name = useStore((state) => state.graph?.name ?? null)
  return (
    <header className={styles.header}>
      <span className={styles.brand}>
        <img src="./icon.svg" alt="" width="26" height="26" />
        Cutpoint
      </span>
      {name !== null && (
        <span className={styles.model} title={name}>
          {name}
        </span>
      )}
      {name !== null && (
        <span className={styles.pickers}>
          <FilePicker
            look="quiet"
            icon={<FileUp size={16} aria-hidden />}
            label={headerTexts.openAnother}
            onPick={(files) => void openFiles(files)}
          >
            <span className={styles.wide}>{headerTexts.open}</span>
          </FilePicker>
          <FilePicker
            folder
            look="quiet"
            className={styles.roomy}
            icon={<FolderUp size={16} aria-hidden />}
            label={headerTexts.openFolder}
            onPick={(files) => void openFiles(files)}
          />
        </span>
      )}
      <JobBar />
      <span className={styles.end}>
        {name !== null && <ProjectMenu />}
        <BackendMenu />
        <PresentButton />
        <ThemeButton />
        <HeaderMenu />
      </span>
      <ProjectDialog />
    </header>
  )
}

function PresentButton(): ReactNode {
  const present = usePage((state) => state.present)
  return (
    <Button
      look="quiet"
      className={styles.roomy}
      {...useButton(pageActions.present)}
      aria-label={headerTexts.present}
      aria-pressed={present}
      icon={<Presentation size={17} aria-hidden />}
    />
  )
}

function ThemeButton(): ReactNode {
  const dark = useTheme((state) => state.dark)
  return (
    <Button
      look="quiet"
      className={styles.roomy}
      {...useButton(pageActions.theme)}
      icon={dark ? <Sun size={17} aria-hidden /> : <Moon size={17} aria-hidden />}
    />
  )
}
