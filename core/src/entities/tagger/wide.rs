//! The machine's wider vectors, where it has them.

/// A function that does what another one does, compiled for wider vectors where the machine has them: sums and products
/// in the same order, so that the answers are the same to the bit. What is to be compiled so must be inlined.
macro_rules! with_wide_vectors {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $out:ty)? = $does:path) => {
        $(#[$about])*
        $visible fn $name($($argument: $type),*) $(-> $out)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn by_avx2($($argument: $type),*) $(-> $out)? {
                    $does($($argument),*)
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    // SAFETY: the machine has what the function is compiled for, as the line above asked it.
                    #[allow(unsafe_code)]
                    return unsafe { by_avx2($($argument),*) };
                }
            }
            $does($($argument),*)
        }
    };
}

pub(super) use with_wide_vectors;
