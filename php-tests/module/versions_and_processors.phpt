--TEST--
swoole_version() and SWOOLE_VERSION tell the level of the API, phpversion() the module's own; swoole_cpu_num() counts processors
--FILE--
<?php
var_dump(swoole_version() === SWOOLE_VERSION, SWOOLE_VERSION_ID, phpversion('swoole_process') === swoole_version());
var_dump(SWOOLE_VERSION === SWOOLE_MAJOR_VERSION . '.' . SWOOLE_MINOR_VERSION . '.' . SWOOLE_RELEASE_VERSION);
var_dump(preg_match('/^\d+\.\d+\.\d+/', phpversion('swoole_process')));
var_dump(swoole_cpu_num() >= count(Swoole\Process::getAffinity()));
var_dump(extension_loaded('swoole_process'), extension_loaded('swoole'));
?>
--EXPECT--
bool(true)
int(60202)
bool(false)
bool(true)
int(1)
bool(true)
bool(true)
bool(false)
