<?php
// An application that boots: it loads 1,200 classes of Symfony.
declare(strict_types=1);

define('LIBRARY', getenv('LIBRARY'));
spl_autoload_register(static function (string $class): void {
    $file = LIBRARY . '/' . str_replace('\\', '/', $class) . '.php';
    if (is_file($file)) {
        require $file;
    }
});

define('CLASSES', (static function (): int {
    $count = static fn (): int => count(get_declared_classes()) + count(get_declared_interfaces()) + count(get_declared_traits());
    $before = $count();
    // What needs other packages.
    $others = '~/(Tests?|Resources|Debug|Adapter|Extension|Bridge|Transport|Store|DataCollector)/~';
    $files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(LIBRARY . '/Symfony/Component'));
    foreach ($files as $file) {
        if (preg_match('~^(.*/[A-Z]\w*)\.php$~', $file->getPathname(), $parts) !== 1 || preg_match($others, $file->getPathname()) === 1) {
            continue;
        }
        try {
            class_exists(str_replace('/', '\\', substr($parts[1], strlen(LIBRARY) + 1)));
        } catch (Throwable) {
            // It needs another package.
        }
        if ($count() - $before >= 1200) {
            break;
        }
    }
    return $count() - $before;
})());
