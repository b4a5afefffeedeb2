# shellcheck shell=bash
# shellcheck disable=SC2154 # $work is of the script that sources this file
# apt-get with lists, status and cache of its own: the system's are neither read nor changed. Scripts source this file
# after lib.sh, and set $work to a temporary folder of their own. It is never run.
#
# It fetches from Debian's mirror (DEBIAN_MIRROR and DEBIAN_SECURITY_MIRROR name others) and verifies everything: the
# index of a release by the signature of Debian's archive keys, packages and sources by the checksums in the index.
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
keys=/usr/share/keyrings/debian-archive-keyring.gpg

# Makes the packages (deb) or sources (deb-src) of these suites known to `private`: KIND SUITE... It uses a proxy of the
# system's configuration, but does not run the configured commands after an update.
private_apt() {
    local kind=$1 suite uri target=Packages
    shift
    [[ $kind == deb ]] || target=Sources
    mkdir -p "$work"/apt/{lists,cache/archives}/partial
    : >"$work/apt/status"
    for suite; do
        uri=$mirror
        [[ $suite != *-security ]] || uri=$security
        say "$kind [signed-by=$keys target=$target] $uri $suite main"
    done >"$work/apt/sources.list"
    cat >"$work/apt.conf" <<-END
	#clear APT::Update::Post-Invoke;
	#clear APT::Update::Post-Invoke-Success;
	#clear APT::Default-Release;
	Acquire::Languages "none";
	Acquire::Retries "3";
	APT::Update::Error-Mode "any";
	Dir::Etc::SourceList "$work/apt/sources.list";
	Dir::Etc::SourceParts "-";
	Dir::Etc::Preferences "-";
	Dir::Etc::PreferencesParts "-";
	Dir::State::Lists "$work/apt/lists";
	Dir::State::Status "$work/apt/status";
	Dir::State::Extended_States "$work/apt/extended_states";
	Dir::Cache "$work/apt/cache";
	END
    private apt-get update
}

private() {
    local command=$1
    shift
    (cd "$work/apt/cache/archives" && "$command" -q -c "$work/apt.conf" "$@" </dev/null)
}
