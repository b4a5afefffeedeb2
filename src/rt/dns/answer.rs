//! The answer to a lookup, as bytes that the helper process sends.

use crate::os::Errno;
use crate::os::lookup::LookupError;
use std::net::IpAddr;

/// Addresses in the order in which to try them, or the reason why there are none.
pub type Answer = Result<Vec<IpAddr>, LookupError>;

/// An answer as bytes.
pub(in crate::rt) fn encode(answer: &Answer) -> Vec<u8> {
    let mut text = Vec::new();
    match answer {
        Ok(list) => {
            text.push(b'=');
            for ip in list {
                match ip {
                    IpAddr::V4(ip) => text.extend([4].iter().chain(&ip.octets())),
                    IpAddr::V6(ip) => text.extend([6].iter().chain(&ip.octets())),
                }
            }
            // The end mark shows that no address is missing.
            text.push(b'.');
        }
        Err(LookupError::Unknown(status)) => text.extend([b'?'].iter().chain(&status.to_ne_bytes())),
        Err(LookupError::Failed(errno)) => text.extend([b'!'].iter().chain(&(*errno as i32).to_ne_bytes())),
    }
    text
}

/// Reads an answer. `ECHILD` if it is incomplete, because the helper process was killed.
pub fn decode(text: &[u8]) -> Answer {
    let broken = LookupError::Failed(Errno::ECHILD);
    let number = |rest: &[u8]| rest.try_into().map(i32::from_ne_bytes).map_err(|_| broken);
    match text.split_first() {
        Some((b'=', rest)) => decode_list(rest).ok_or(broken),
        Some((b'?', rest)) => Err(number(rest).map_or_else(|broken| broken, LookupError::Unknown)),
        Some((b'!', rest)) => {
            Err(number(rest)
                .map_or_else(|broken| broken, |errno| LookupError::Failed(Errno::from_raw(errno))))
        }
        _ => Err(broken),
    }
}

fn decode_list(mut rest: &[u8]) -> Option<Vec<IpAddr>> {
    let mut list = Vec::new();
    loop {
        let (kind, after) = rest.split_first()?;
        rest = match kind {
            4 => {
                let (octets, rest) = after.split_first_chunk::<4>()?;
                list.push(IpAddr::from(*octets));
                rest
            }
            6 => {
                let (octets, rest) = after.split_first_chunk::<16>()?;
                list.push(IpAddr::from(*octets));
                rest
            }
            b'.' if after.is_empty() => return Some(list),
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_answer_comes_back_as_it_was_told(list: Vec<IpAddr>) {
            let answer = Ok(list);
            prop_assert_eq!(decode(&encode(&answer)), answer);
        }

        #[test]
        fn an_answer_that_breaks_off_is_none(list: Vec<IpAddr>, cut in 1_usize..50) {
            let mut text = encode(&Ok(list));
            text.truncate(text.len().saturating_sub(cut));
            prop_assert_eq!(decode(&text), Err(LookupError::Failed(Errno::ECHILD)));
        }

        #[test]
        fn what_is_taken_for_an_answer_is_one(begin in "[=?!]?", text in prop::collection::vec(any::<u8>(), 0..40)) {
            let text = [begin.as_bytes(), &text].concat();
            let answer = decode(&text);
            if answer != Err(LookupError::Failed(Errno::ECHILD)) {
                // The number of an unknown error is lost.
                let known = !matches!(answer, Err(LookupError::Failed(Errno::UnknownErrno)));
                prop_assert!(!known || encode(&answer) == text, "{answer:?}");
            }
        }

        #[test]
        fn a_list_is_taken_as_a_whole_or_not(list: Vec<IpAddr>, at: prop::sample::Index, byte: u8) {
            let mut text = encode(&Ok(list));
            let at = at.index(text.len());
            text[at] = byte;
            if let Ok(list) = decode(&text) {
                prop_assert_eq!(encode(&Ok(list)), text);
            }
        }
    }

    #[test]
    fn failures_come_back_as_they_were_told() {
        for answer in [Err(LookupError::Unknown(-2)), Err(LookupError::Failed(Errno::ENOMEM))] {
            assert_eq!(decode(&encode(&answer)), answer);
        }
    }
}
