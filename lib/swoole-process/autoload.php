<?php

declare(strict_types=1);

// Loads the classes of bin/pool. It has no other dependencies, so it needs no Composer.
spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'SwooleProcess\\Pool\\')) {
        $file = __DIR__ . '/' . substr($class, 19) . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
