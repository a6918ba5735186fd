import { FolderArchive, FolderOpen, Save } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { pickedActions, projectActions } from '../../actions/projects'
import { perform } from '../../actions/perform'
import { projectTexts } from '../../texts/page/project'
import { ActionEntry } from '../common/menu/ActionEntry'
import { FilePicker } from '../common/FilePicker'
import { Popover } from '../common/Popover'
import styles from './ProjectMenu.module.css'

const { saveProjectFile: save } = projectActions
const { takeProject: open } = pickedActions

/** Saves all there is as one file, and opens such a file. */
export function ProjectMenu(): ReactNode {
  const menu = useRef<HTMLDivElement>(null)
  const close = (): void => menu.current?.closest<HTMLElement>('[popover]')?.hidePopover()
  return (
    <Popover label={projectTexts.menu} icon={<FolderArchive size={17} aria-hidden />}>
      <div ref={menu} className={styles.menu}>
        <ActionEntry action={save} icon={<Save size={16} aria-hidden />} />
        <FilePicker
          look="quiet"
          icon={<FolderOpen size={16} aria-hidden />}
          accept=".cutpoint,.zip"
          multiple={false}
          onPick={(files) => {
            close()
            files.forEach((file) => perform(open, file))
          }}
        >
          {projectTexts.open}
        </FilePicker>
        <p className={styles.hint}>{projectTexts.hint}</p>
      </div>
    </Popover>
  )
}
