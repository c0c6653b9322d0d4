//! Mail, against a mail server of a few lines.

use portal_server::settings::Smtp;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

use crate::support::{Engine, Server, contract};

const ANN: &str = "ann@example.test";

contract! {
    async fn what_is_in_the_outbox_is_sent_once_and_then_forgotten(engine: Engine) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (received, mut mails) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(receive(stream, received.clone()));
            }
        });
        let server = Server::with(engine, |settings| {
            let from = "Portal <portal@example.test>".to_owned();
            settings.smtp = Some(Smtp { url: format!("smtp://{address}").parse().unwrap(), from });
        }).await;
        let second = server.second_process().await;
        let path = "/identity/accounts/register/send-verification-email";
        assert_eq!(server.post(path, &json!({ "email": ANN })).await.status, 204);
        let mail = mails.recv().await.unwrap();
        assert!(mail.contains("To: ann@example.test"), "{mail}");
        assert!(mail.contains("From: Portal <portal@example.test>"), "{mail}");
        assert!(mail.contains("/#/finish-signup?"), "{mail}");
        // A second mail comes after the first in every process, so by then the first was not sent again.
        assert_eq!(second.post(path, &json!({ "email": "bob@example.test" })).await.status, 204);
        let mail = mails.recv().await.unwrap();
        assert!(mail.contains("To: bob@example.test"), "{mail}");
        server.stop().await;
        second.stop().await;
        assert!(mails.try_recv().is_err());
    }
}

/// Takes the mails of one connection.
async fn receive(stream: TcpStream, received: mpsc::UnboundedSender<String>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.example.test\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match line.get(..4).unwrap_or_default() {
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.push_str(&line);
                    mail.push('\n');
                }
                // Long lines are folded in transit.
                drop(received.send(mail.replace("=\n", "")));
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}
