@echo off
rem Runs Maven: an installed one, else the one named in .mvn\wrapper\maven-wrapper.properties,
rem which is downloaded once to %USERPROFILE%\.m2\wrapper. Needs a JDK.
setlocal
where mvn >nul 2>nul
if %ERRORLEVEL%==0 (
  call mvn %*
  exit /b
)
set "PROPERTIES=%~dp0.mvn\wrapper\maven-wrapper.properties"
for /f "usebackq tokens=1,2 delims==" %%a in ("%PROPERTIES%") do (
  if "%%a"=="distributionVersion" set "VERSION=%%b"
)
set "MAVEN=%USERPROFILE%\.m2\wrapper\dists\apache-maven-%VERSION%"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not exist "%MAVEN%\bin\mvn.cmd" (
  "%JAVA%" "%~dp0.mvn\wrapper\FetchMaven.java" "%PROPERTIES%" "%MAVEN%" || exit /b 1
)
call "%MAVEN%\bin\mvn.cmd" %*
exit /b
