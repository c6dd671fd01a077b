//! As many executions of the target `normalize` as the first argument says, on random input and without instrumentation:
//! less far-seeing than the fuzzer, and an order of magnitude faster.

use std::process::ExitCode;

/// The longest text, in pieces.
const LONGEST: u64 = 48;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>());
    let (Some(Ok(executions)), Ok(seed)) = (numbers.next(), numbers.next().unwrap_or(Ok(1))) else {
        eprintln!("usage: normalize_many EXECUTIONS [SEED]");
        return ExitCode::FAILURE;
    };
    let mut random = warraq_fuzz::Random(seed);
    for _ in 0..executions {
        let choice = random.next() as u16;
        let length = random.next() % (LONGEST + 1);
        let content: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        warraq_fuzz::normalize(choice, &content);
    }
    println!("{executions} executions without a difference");
    ExitCode::SUCCESS
}
