; One program that needs no installation: unpacks itself beside the user's temporary files, runs with the arguments it was
; given, waits, and takes the files away again. Recordings are kept where the installed program keeps them.
Unicode true
Target amd64-unicode
!include FileFunc.nsh

Name "${PRODUCT}"
OutFile "${OUTPUT}"
Icon "${ICON}"
SetCompressor /FINAL zlib
SetCompress ${COMPRESS}
RequestExecutionLevel user
SilentInstall silent
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${PRODUCT}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${DESCRIPTION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey LegalCopyright "Copyright (c) 2026 ${PUBLISHER}"

Section
  InitPluginsDir
  SetOutPath "$PLUGINSDIR\app"
  File /r "${UNPACKED}\*.*"
  ${GetParameters} $0
  ExecWait '"$PLUGINSDIR\app\${PRODUCT}.exe" $0' $1
  SetOutPath "$TEMP"
  RMDir /r "$PLUGINSDIR\app"
  SetErrorLevel $1
SectionEnd
