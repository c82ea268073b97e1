; Offers Holdfast under "Open with" for .gz files without becoming what opens them: Windows knows no double extensions,
; and an association would take over every .gz file of the machine.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Holdfast.Archive" "" "Holdfast archive"
  WriteRegStr SHCTX "Software\Classes\Holdfast.Archive\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHCTX "Software\Classes\.gz\OpenWithProgids" "Holdfast.Archive" ""
  WriteRegStr SHCTX "Software\Classes\.tgz\OpenWithProgids" "Holdfast.Archive" ""
!macroend

!macro customUnInstall
  DeleteRegValue SHCTX "Software\Classes\.gz\OpenWithProgids" "Holdfast.Archive"
  DeleteRegValue SHCTX "Software\Classes\.tgz\OpenWithProgids" "Holdfast.Archive"
  DeleteRegKey SHCTX "Software\Classes\Holdfast.Archive"
!macroend
