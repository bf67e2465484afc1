@echo off
rem Writes what this Windows computer says about its programs, services, drivers and antivirus into one
rem folder beside this file, to be dropped onto Swapdesk. Built-in commands only; reads, changes nothing
rem on this computer. Run it before the removal, and again after the restart that follows it.
rem "wmic product" is left out on purpose: it makes Windows check, and sometimes repair, every program.
setlocal
set "STAMP="
for /f "tokens=2 delims==." %%T in ('wmic os get LocalDateTime /format:list 2^>nul ^| find "="') do set "STAMP=%%T"
if not defined STAMP for /f %%T in ('powershell -NoProfile -Command "Get-Date -Format yyyyMMddHHmmss"') do set "STAMP=%%T"
if not defined STAMP set "STAMP=%RANDOM%"
set "OUT=%~dp0evidence-%STAMP%"
mkdir "%OUT%" || goto :failed
echo Collecting into "%OUT%" ...

set "SC=%OUT%\security-center.txt"
wmic /namespace:\\root\SecurityCenter2 path AntiVirusProduct get /format:list > "%SC%" 2>nul
wmic os get LastBootUpTime,LocalDateTime /format:list > "%OUT%\system.txt" 2>nul
where wmic >nul 2>nul || call :extensions
rem Folders of extensions, then what is registered for everybody; a key that is not there says nothing.
rem The last line tells Swapdesk that all of it was listed, and stands there only if it was.
for /d %%P in ("%LOCALAPPDATA%\Google\Chrome\User Data\*") do for /d %%E in ("%%P\Extensions\*") do echo %%E
for /d %%P in ("%APPDATA%\Mozilla\Firefox\Profiles\*") do for %%E in ("%%P\extensions\*.xpi") do echo %%E
for %%K in (SOFTWARE SOFTWARE\WOW6432Node) do (
  reg query "HKLM\%%K\Google\Chrome\Extensions" /s
  reg query "HKLM\%%K\Google\Chrome\NativeMessagingHosts" /s
  reg query "HKLM\%%K\Mozilla\Firefox\Extensions" /s
  reg query "HKLM\%%K\Microsoft\Windows\CurrentVersion\Explorer\Browser Helper Objects" /s
)
reg query "HKCU\Software\Google\Chrome\Extensions" /s
echo Swapdesk collect: every browser extension is listed above
goto :eof

:without_wmic
powershell -NoProfile -Command "Get-MpComputerStatus | Format-List AMRunningMode,AMServiceEnabled,AntivirusEnabled,AntivirusSignatureAge,RealTimeProtectionEnabled" > "%OUT%\defender.txt" 2>nul
powershell -NoProfile -Command "Get-NetAdapterBinding | Format-Table Name,DisplayName,ComponentID,Enabled -AutoSize | Out-String -Width 200" > "%OUT%\network-bindings.txt" 2>nul

set "CV=Microsoft\Windows\CurrentVersion\Uninstall"
call :export "HKLM\SOFTWARE\%CV%" programs.reg
call :export "HKLM\SOFTWARE\WOW6432Node\%CV%" programs-32.reg
call :export "HKCU\Software\%CV%" programs-user.reg
set "CLASS=HKLM\SYSTEM\CurrentControlSet\Control\Class"
call :export "%CLASS%\{4D36E96F-E325-11CE-BFC1-08002BE10318}" class-mouse.reg
call :export "%CLASS%\{4D36E96B-E325-11CE-BFC1-08002BE10318}" class-keyboard.reg
call :export "HKLM\SOFTWARE\KasperskyLab" kasperskylab.reg
call :export "HKLM\SOFTWARE\WOW6432Node\KasperskyLab" kasperskylab-32.reg
call :extensions > "%OUT%\browsers.txt" 2>nul
reg query HKLM\SOFTWARE > "%OUT%\software-keys.txt" 2>nul
reg query HKLM\SOFTWARE\WOW6432Node > "%OUT%\software-keys-32.txt" 2>nul
reg query HKCU\Software > "%OUT%\software-keys-user.txt" 2>nul

sc query type= all state= all bufsize= 262144 > "%OUT%\services.txt"
driverquery /v /fo csv > "%OUT%\drivers.csv"
tasklist /fo csv > "%OUT%\processes.csv"
tasklist /svc /fo csv > "%OUT%\processes-services.csv"
certutil -store root > "%OUT%\certificates.txt" 2>nul
dir /ad "%ProgramFiles%" > "%OUT%\folders.txt" 2>nul
if defined ProgramFiles(x86) dir /ad "%ProgramFiles(x86)%" > "%OUT%\folders-32.txt" 2>nul
dir /ad "%ProgramData%" > "%OUT%\folders-data.txt" 2>nul
rem What needs an administrator or a newer Windows is told, not left out in silence. On Windows 7 two are
rem empty: defender.txt and network-bindings.txt.
fltmc > "%OUT%\file-filters.txt" 2>nul || echo Not shown without an administrator: file-filters.txt
for %%F in ("%OUT%\*.txt" "%OUT%\*.csv") do if %%~zF==0 echo This Windows says nothing for %%~nxF

echo Done. Drop the folder onto Swapdesk.
goto :eof

:export
rem A key that is not there is no error: then there is nothing of it to show.
reg export %1 "%OUT%\%~2" /y >nul 2>nul
goto :eof

:without_wmic
rem Newer Windows 11 has no wmic; PowerShell gives the same fields.
powershell -NoProfile -Command "Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | Format-List displayName,instanceGuid,pathToSignedProductExe,productState,timestamp" > "%SC%"
powershell -NoProfile -Command "$o=Get-CimInstance Win32_OperatingSystem; foreach($n in 'LastBootUpTime','LocalDateTime'){$n+'='+$o.$n.ToString('yyyyMMddHHmmss')}" > "%OUT%\system.txt"
goto :eof

:failed
echo The folder could not be made. Is the stick write-protected, or full?
exit /b 1
