<?php

// The tests expect the texts that glibc has for errors. Returns a function that translates those of another C library.
$texts = [
    10 => 'No child processes', 24 => 'Too many open files', 35 => 'Resource deadlock avoided',
    36 => 'File name too long', 40 => 'Too many levels of symbolic links',
    90 => 'Message too long', 98 => 'Address already in use',
    106 => 'Transport endpoint is already connected', 110 => 'Connection timed out',
];
$pairs = [];
foreach (function_exists('posix_strerror') ? $texts : [] as $number => $text) {
    if (($own = posix_strerror($number)) !== $text) {
        $pairs += [$own => $text, sprintf('string(%d) "%s"', strlen($own), $own) => sprintf('string(%d) "%s"', strlen($text), $text)];
    }
}
return fn (string $output): string => $pairs === [] ? $output : strtr($output, $pairs);
