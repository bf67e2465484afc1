@echo off
rem Writes what this Windows computer says about its programs, services, drivers and antivirus into one
rem folder beside this file, to be dropped onto Swapdesk. Built-in commands only; it sets and removes nothing
rem on this computer. Run it before the removal, and again after the restart that follows it.
rem "wmic product" is left out on purpose: it makes Windows check, and sometimes repair, every program.
setlocal EnableExtensions DisableDelayedExpansion
set "STAMP="
for /f "tokens=2 delims==." %%T in ('wmic os get LocalDateTime /format:list 2^>nul ^<nul ^| find "="') do set "STAMP=%%T"
if not defined STAMP for /f %%T in ('powershell -NoProfile -NonInteractive -Command "Get-Date -Format yyyyMMddHHmmss" 2^>nul ^<nul') do set "STAMP=%%T"
if not defined STAMP set "STAMP=%RANDOM%%RANDOM%"
set "OUT=%~dp0evidence-%STAMP%"
mkdir "%OUT%"
if not exist "%OUT%\" goto :failed
echo Collecting into "%OUT%". This takes a minute or two.

echo 1 of 5: Security Center, system
wmic /namespace:\\root\SecurityCenter2 path AntiVirusProduct get /format:list > "%OUT%\security-center.txt" 2>nul <nul && call :asked
wmic os get CSName,LastBootUpTime,LocalDateTime,OSArchitecture /format:list > "%OUT%\system.txt" 2>nul <nul
rem Newer Windows 11 has no wmic, and some languages of Windows 7 lack its list form.
type "%OUT%\system.txt" | find "LastBootUpTime=" >nul || call :without_wmic
powershell -NoProfile -NonInteractive -Command "Get-MpComputerStatus | Format-List AMRunningMode,AMServiceEnabled,AntivirusEnabled,AntivirusSignatureAge,RealTimeProtectionEnabled" > "%OUT%\defender.txt" 2>nul <nul
powershell -NoProfile -NonInteractive -Command "Get-NetAdapterBinding | Format-Table Name,DisplayName,ComponentID,Enabled -AutoSize | Out-String -Width 200" > "%OUT%\network-bindings.txt" 2>nul <nul

echo 2 of 5: programs, device filters
set "CV=Microsoft\Windows\CurrentVersion\Uninstall"
call :export "HKLM\SOFTWARE\%CV%" programs.reg
call :export "HKLM\SOFTWARE\WOW6432Node\%CV%" programs-32.reg
call :export "HKCU\Software\%CV%" programs-user.reg
rem Only the values: below these keys lie some that nobody but Windows itself may read.
set "CLASS=HKLM\SYSTEM\CurrentControlSet\Control\Class"
reg query "%CLASS%\{4D36E96F-E325-11CE-BFC1-08002BE10318}" > "%OUT%\class-mouse.txt" 2>nul
reg query "%CLASS%\{4D36E96B-E325-11CE-BFC1-08002BE10318}" > "%OUT%\class-keyboard.txt" 2>nul

echo 3 of 5: browsers, keys, certificates, folders
call :extensions > "%OUT%\browsers.txt" 2>nul
rem The makers' names alone: what stands below Kaspersky's own key may hold a license.
reg query HKLM\SOFTWARE > "%OUT%\software-keys.txt" 2>nul
reg query HKLM\SOFTWARE\WOW6432Node > "%OUT%\software-keys-32.txt" 2>nul
rem Of everybody who is signed in: those of whoever runs this may be a technician's alone.
call :users > "%OUT%\software-keys-users.txt" 2>nul
certutil -store root > "%OUT%\certificates.txt" 2>nul <nul
dir /ad "%ProgramFiles%" > "%OUT%\folders.txt" 2>nul
if defined ProgramFiles(x86) dir /ad "%ProgramFiles(x86)%" > "%OUT%\folders-32.txt" 2>nul
dir /ad "%ProgramData%" > "%OUT%\folders-data.txt" 2>nul

echo 4 of 5: services, drivers
sc query type= all state= all bufsize= 262144 > "%OUT%\services.txt" 2>nul
driverquery /v /fo csv > "%OUT%\drivers.csv" 2>nul
fltmc > "%OUT%\file-filters.txt" 2>nul || del "%OUT%\file-filters.txt"

echo 5 of 5: processes
tasklist /fo csv > "%OUT%\processes.csv" 2>nul
tasklist /svc /fo csv > "%OUT%\processes-services.csv" 2>nul

rem What this Windows does not tell is said, and leaves no empty file behind.
if not exist "%OUT%\file-filters.txt" echo Not shown without an administrator: file-filters.txt
if defined HIDDEN echo Not shown without an administrator: browser extensions of other accounts
for %%F in ("%OUT%\*.txt" "%OUT%\*.csv") do if %%~zF LSS 10 echo This Windows says nothing for %%~nxF& del "%%~F"
echo Done. Drop the folder onto Swapdesk.
pause
exit /b 0

:asked
rem Where no antivirus is registered the answer is empty; this tells it from no answer.
echo Swapdesk collect: Security Center was asked> "%OUT%\asked.txt"
goto :eof

:export
rem A key that is not there is no error: then there is nothing of it to show.
reg export %1 "%OUT%\%~2" /y >nul 2>nul
goto :eof

:extensions
rem Folders of extensions of everybody whose folders may be read, then what is registered; a key that is not
rem there says nothing. The last line tells Swapdesk that the list goes to its end, and that nobody's is hidden.
set "HIDDEN="
for /d %%U in ("%SystemDrive%\Users\*") do (
  dir /ad "%%U" >nul 2>nul || set "HIDDEN=1"
  for /d %%P in ("%%U\AppData\Local\Google\Chrome\User Data\*") do for /d %%E in ("%%P\Extensions\*") do echo %%E
  for /d %%P in ("%%U\AppData\Roaming\Mozilla\Firefox\Profiles\*") do for %%E in ("%%P\extensions\*.xpi") do echo %%E
)
for %%K in (SOFTWARE SOFTWARE\WOW6432Node) do (
  reg query "HKLM\%%K\Google\Chrome\Extensions" /s
  reg query "HKLM\%%K\Google\Chrome\NativeMessagingHosts" /s
  reg query "HKLM\%%K\Mozilla\Firefox\Extensions" /s
  reg query "HKLM\%%K\Microsoft\Windows\CurrentVersion\Explorer\Browser Helper Objects" /s
)
for /f %%S in ('reg query HKU') do reg query "%%S\Software\Google\Chrome\Extensions" /s
if defined HIDDEN goto :eof
echo Swapdesk collect: every browser extension is listed above
goto :eof

:users
for /f %%S in ('reg query HKU') do reg query "%%S\Software"
goto :eof

:without_wmic
rem PowerShell gives the same fields; this form of the question works from Windows 7 to 11.
powershell -NoProfile -NonInteractive -Command "Get-WmiObject -Namespace root\SecurityCenter2 -Class AntiVirusProduct -ErrorAction Stop | Format-List displayName,instanceGuid,pathToSignedProductExe,productState,timestamp" > "%OUT%\security-center.txt" 2>nul <nul && call :asked
powershell -NoProfile -NonInteractive -Command "$o=Get-WmiObject Win32_OperatingSystem; foreach($n in 'CSName','LastBootUpTime','LocalDateTime','OSArchitecture'){$n+'='+$o.$n}" > "%OUT%\system.txt" 2>nul <nul
goto :eof

:failed
echo The folder could not be made. Is the stick write-protected, or full?
pause
exit /b 1
