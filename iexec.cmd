@echo off
rem Builds iexec when its sources changed, then runs it. For "up" and "demo" it first installs the npm tools.
setlocal
set "root=%~dp0"
set "program=%root%artifacts\iexec\iexec.exe"
set "stamp=%root%artifacts\iexec\.built"

if /i "%~1"=="up" call :tools || exit /b 1
if /i "%~1"=="demo" call :tools || exit /b 1

call :changed || goto run
where dotnet >nul 2>nul || (echo iexec: the .NET 10 SDK is missing: see https://dotnet.microsoft.com/download 1>&2 & exit /b 1)

rem One build at a time: the lock file is open, and so not to be opened again, as long as the build runs.
:build
if not exist "%root%artifacts" mkdir "%root%artifacts"
2>nul (
  9>"%root%artifacts\.iexec.lock" (call :publish & call set "built=%%errorlevel%%")
) || (timeout /t 1 /nobreak >nul & goto build)
if not "%built%"=="0" exit /b 1

:run
"%program%" %*
exit /b %errorlevel%

:changed
if not exist "%stamp%" exit /b 0
powershell -NoProfile -Command "$t=(Get-Item -Force $env:stamp).LastWriteTimeUtc; Set-Location $env:root; if (Get-ChildItem src,samples,contracts/artifacts,Directory.Build.props,Directory.Packages.props,global.json -Recurse -ErrorAction SilentlyContinue | Where-Object LastWriteTimeUtc -gt $t | Select-Object -First 1) { exit 0 } else { exit 1 }"
exit /b %errorlevel%

:publish
call :changed || exit /b 0
echo iexec: building ^(only when sources changed^) 1>&2
set "machine=x64"
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" set "machine=arm64"
rem Written before the build: what changes meanwhile is built the next time.
type nul >"%root%artifacts\.iexec.begun"
dotnet publish "%root%src\Iexec.Cli" -c Release -r win-%machine% --no-self-contained -p:PublishReadyToRun=true -o "%root%artifacts\iexec" --nologo -v q -clp:ErrorsOnly 1>&2 || exit /b 1
move /y "%root%artifacts\.iexec.begun" "%stamp%" >nul
exit /b 0

:tools
fc /b "%root%eng\tools\package-lock.json" "%root%eng\tools\node_modules\.installed-lock" >nul 2>nul && exit /b 0
where npm >nul 2>nul || (echo setup: Node.js 20 or newer with npm is missing: see https://nodejs.org/ 1>&2 & exit /b 1)
echo setup: installing the npm tools into eng\tools\node_modules 1>&2
pushd "%root%eng\tools"
call npm ci --no-audit --no-fund --loglevel=error >nul 2>nul || call npm install --no-save --no-audit --no-fund --loglevel=error 1>&2 || (popd & exit /b 1)
popd
copy /y "%root%eng\tools\package-lock.json" "%root%eng\tools\node_modules\.installed-lock" >nul
exit /b 0
