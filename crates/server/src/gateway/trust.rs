//! Whose certificates an upstream may show.

use std::{path::Path, sync::Arc};

use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    },
};

/// Why nobody could be trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file of further certificates cannot be used.
    #[error("upstream-ca: {file} holds no certificate (PEM) that can be used: {cause}")]
    File {
        /// The file.
        file: String,
        /// Why.
        cause: String,
    },
    /// Neither the system nor a file names anybody.
    #[error(
        "this system trusts no certificate at all: install its ca-certificates, or name a file with --upstream-ca"
    )]
    Nobody,
    /// The encryption cannot be set up.
    #[error("TLS cannot be spoken: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
}

/// What speaks TLS to whoever shows a certificate of the system's authorities, or of those in the file.
pub(super) fn connector(more: Option<&Path>) -> Result<TlsConnector, TrustError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = more {
        let unusable = |cause: String| TrustError::File { file: file.display().to_string(), cause };
        let certificates = CertificateDer::pem_file_iter(file)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unusable(error.to_string()))?;
        if certificates.is_empty() {
            return Err(unusable("there is none in it".to_owned()));
        }
        for certificate in certificates {
            roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
        }
    }
    if roots.is_empty() {
        return Err(TrustError::Nobody);
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}
