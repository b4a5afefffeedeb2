--TEST--
programs begin in the folder that chdir() has entered, which a thread-safe PHP keeps for itself
--FILE--
<?php
use Swoole\Coroutine\System;
use Swoole\Process;

mkdir($folder = sys_get_temp_dir() . '/folder-' . getmypid());
chdir($folder);
$folder = getcwd();
$command = Process::command(['pwd', '-P'], ['stdout' => 'pipe']);
echo 'command(): ', json_encode(stream_get_contents($command->stdio(1)) === "$folder\n"), "\n";
$command->join();
$command = Process::command(['pwd', '-P'], ['stdout' => 'pipe', 'cwd' => '..']);
echo 'command() in another one: ', json_encode(stream_get_contents($command->stdio(1)) === dirname($folder) . "\n"), "\n";
$command->join();
Swoole\Coroutine\run(function () use ($folder) {
    echo 'System::exec(): ', json_encode(System::exec('pwd -P')['output'] === "$folder\n"), "\n";
    echo 'shell_exec(): ', json_encode(shell_exec('pwd -P') === "$folder\n"), "\n";
});
chdir('/');
rmdir($folder);
?>
--EXPECT--
command(): true
command() in another one: true
System::exec(): true
shell_exec(): true
