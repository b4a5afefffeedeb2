<?php
// One child for each fault of planted.c.
foreach ([1, 2, 3] as $fault) {
    (new Swoole\Process(fn () => umask($fault), false, 0))->start();
    Swoole\Process::wait()['signal'] === 0 || exit(1);
}
