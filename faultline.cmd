@echo off
rem Runs Faultline: finds a JDK 25, builds first if that is needed, hands everything over to the command line.
rem The twin of the script "faultline"; the same variables: FAULTLINE_JAVA_HOME, FAULTLINE_JAVA_OPTS, FAULTLINE_CLASSPATH.
setlocal DisableDelayedExpansion
set "root=%~dp0"
set "jar=%root%scenarios\target\faultline.jar"
set "archive=%root%scenarios\target\faultline.jsa"
set "log=%root%target\faultline-build.log"
set "jdk="

if defined FAULTLINE_JAVA_HOME (
    call :try "%FAULTLINE_JAVA_HOME%"
    goto found
)
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
for %%R in (
    "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu"
    "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks" "%LOCALAPPDATA%\mise\installs\java"
    "%USERPROFILE%\scoop\apps"
) do if exist "%%~R" for /d %%J in ("%%~R\*") do (
    call :try "%%~J"
    call :try "%%~J\current"
)

:found
if not defined jdk (
    echo faultline: needs a JDK 25, 25.0.3 or later ^(earlier updates have a G1 defect^): install one and set JAVA_HOME. 1>&2
    exit /b 78
)

if not exist "%jar%" goto build
rem Directories count too: theirs is the only time that changes when a file is deleted.
powershell -NoProfile -Command "$built = (Get-Item $env:jar).LastWriteTimeUtc; $made = 'pom.xml', '*\pom.xml', '*\*\pom.xml', '*\src\main', '*\*\src\main' | ForEach-Object { Get-Item (Join-Path $env:root $_) }; $made += $made | Where-Object PSIsContainer | Get-ChildItem -Recurse; exit [int] [bool] ($made | Where-Object LastWriteTimeUtc -gt $built | Select-Object -First 1)"
if not errorlevel 1 goto run

:build
echo faultline: building (first use or sources changed) ... 1>&2
if not exist "%root%target" mkdir "%root%target"
set "JAVA_HOME=%jdk%"
pushd "%root%"
call mvnw.cmd -q -B -DskipTests package >"%log%" 2>&1 <nul
set "built=%errorlevel%"
popd
if not "%built%"=="0" (
    powershell -NoProfile -Command "Get-Content $env:log -Tail 30" 1>&2
    echo faultline: the build failed; all of its output is in "%log%" 1>&2
    exit /b 70
)
rem Maven leaves the jar alone where nothing in it has changed.
powershell -NoProfile -Command "(Get-Item $env:jar).LastWriteTimeUtc = [DateTime]::UtcNow"
if exist "%archive%" del "%archive%"

:run
"%jdk%\bin\java.exe" -XX:+UseParallelGC -Xshare:auto -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%archive%" -Xlog:disable "-Xlog:all=error,cds*=off,aot*=off:stderr" -Djava.awt.headless=true %FAULTLINE_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

rem Takes %1 if nothing is taken yet and it is a JDK 25, 25.0.3 or later, as its release file says.
:try
if defined jdk exit /b
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
findstr /r /c:"^JAVA_VERSION=.25\." "%~1\release" >nul || exit /b
findstr /r /c:"^JAVA_VERSION=.25\.0\.[012][^0-9]" "%~1\release" >nul && exit /b
set "jdk=%~f1"
exit /b
