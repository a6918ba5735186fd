import { FolderArchive, FolderOpen, Save } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { attempt } from '../../store/page/notices'
import { downloadProject, hasProject } from '../../store/projects/save-project'
import { takeAsProject } from '../../store/projects/ask-project'
import { useStore } from '../../store/state/state'
import { projectTexts } from '../../texts/page/project'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { commandKey } from '../common/keys'
import { Popover } from '../common/Popover'
import styles from './ProjectMenu.module.css'

/** Saves all there is as one file, and opens such a file. */
export function ProjectMenu(): ReactNode {
  const something = useStore(hasProject)
  const menu = useRef<HTMLDivElement>(null)
  const close = (): void => menu.current?.closest<HTMLElement>('[popover]')?.hidePopover()
  return (
    <Popover label={projectTexts.menu} icon={<FolderArchive size={17} aria-hidden />}>
      <div ref={menu} className={styles.menu}>
        <Button
          look="quiet"
          icon={<Save size={16} aria-hidden />}
          disabled={!something}
          onClick={() => {
            close()
            attempt(downloadProject)
          }}
        >
          {projectTexts.save}
          <kbd className={styles.key}>{commandKey}S</kbd>
        </Button>
        <FilePicker
          look="quiet"
          icon={<FolderOpen size={16} aria-hidden />}
          accept=".cutpoint,.zip"
          multiple={false}
          onPick={(files) => {
            close()
            files.forEach(takeAsProject)
          }}
        >
          {projectTexts.open}
        </FilePicker>
        <p className={styles.hint}>{projectTexts.hint}</p>
      </div>
    </Popover>
  )
}
