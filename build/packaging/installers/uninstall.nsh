; What an uninstaller does beyond taking the program away. Both installers use it: electron-builder's own (which calls
; customUnInstall) and hinspector.nsi. Recordings are the person's: they stay unless she says otherwise, and always when
; nobody can be asked. Caches and settings of the window go in any case.
!macro customUnInstall
  IfSilent uninstall_keep
  IfFileExists "$APPDATA\Hinspector\journals\*.*" 0 uninstall_keep
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove your recordings as well?$\r$\n$\r$\nThey are in $APPDATA\Hinspector\journals." IDNO uninstall_keep
  RMDir /r "$APPDATA\Hinspector\journals"
  uninstall_keep:
  FindFirst $0 $1 "$APPDATA\Hinspector\*.*"
  uninstall_loop:
  StrCmp $1 "" uninstall_done
  StrCmp $1 "." uninstall_next
  StrCmp $1 ".." uninstall_next
  StrCmp $1 "journals" uninstall_next
  Delete "$APPDATA\Hinspector\$1"
  RMDir /r "$APPDATA\Hinspector\$1"
  uninstall_next:
  FindNext $0 $1
  Goto uninstall_loop
  uninstall_done:
  FindClose $0
  ; Goes when nothing is left in it.
  RMDir "$APPDATA\Hinspector"
!macroend
