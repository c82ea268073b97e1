@echo off
"%~dp0..\node_modules\node\bin\node.exe" "%~dp0..\main\entries\cli.ts" %*
