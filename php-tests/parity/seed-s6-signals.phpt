--TEST--
A child signals the parent, which kills and reaps all; a tick keeps the loop alive until then.
--EXTENSIONS--
pcntl
--FILE--
<?php
// A child signals the parent, which kills and reaps all; a tick keeps the loop alive until then.
$ppid = getmypid(); $ws = [];
for ($i = 1; $i < 3; $i++) { $p = new Swoole\Process(function ($w) use ($ppid, $i) { usleep($i ** 3 * 300000); echo "kill USR2\n"; $w->kill($ppid, SIGUSR2); }); $p->start(); $ws[$p->pid] = $p; }
Swoole\Process::signal(SIGUSR2, function () use ($ws) { echo "got USR2\n"; foreach ($ws as $pid => $_) { Swoole\Process::kill($pid, SIGKILL); } });
$left = 2;
Swoole\Process::signal(SIGCHLD, function ($s) use (&$left, &$t) { while ($r = Swoole\Process::wait(false)) { $left--; echo "reaped\n"; } if (!$left) { Swoole\Timer::clear($t); } });
$t = Swoole\Timer::tick(100, function () {});
--EXPECTF--

Deprecated: swoole_event_rshutdown(): Event::wait() in shutdown function is deprecated in %s on line %d
kill USR2
got USR2
reaped
reaped
