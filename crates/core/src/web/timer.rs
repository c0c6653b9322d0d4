use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::global;

/// Ends after so many milliseconds; dropped before, it leaves nothing behind.
pub(super) async fn sleep(milliseconds: u32) {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let mut timer = Timer(None);
    let promise = Promise::new(&mut |resolve, _| {
        timer.0 = global::scope()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .ok();
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
    timer.0 = None;
}

struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(id) = self.0 {
            global::scope().clear_timeout_with_handle(id);
        }
    }
}
