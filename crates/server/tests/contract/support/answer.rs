//! What a server answered.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Sends a request and reads its answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        Self { status, headers, text }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// A header, empty if missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON, after checking the status is 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// Checks that it went well without saying anything.
    #[track_caller]
    pub fn ok_empty(self) {
        assert_eq!((self.status, self.text.as_str()), (200, ""), "{self:?}");
    }

    /// Checks the status of a refusal, and that its body is the one the contract has for it.
    #[track_caller]
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        match status {
            403 => {
                assert_eq!(self.text, "", "{self:?}");
                Value::Null
            }
            401 if self.text.is_empty() => {
                assert_eq!(self.header("www-authenticate"), "Bearer", "{self:?}");
                Value::Null
            }
            _ => {
                let body = self.json();
                assert_eq!(body["object"], "error", "{self:?}");
                body
            }
        }
    }

    /// Checks that the named field was refused.
    #[track_caller]
    pub fn invalid(self, field: &str) {
        let body = self.refused(400);
        assert!(body["validationErrors"][field].is_array(), "no {field} in {body}");
    }

    /// Checks that a request for a token was refused, and answers the code.
    #[track_caller]
    pub fn refused_by_oauth(self) -> String {
        assert_eq!(self.status, 400, "{self:?}");
        self.json()["error"].as_str().unwrap().to_owned()
    }
}
