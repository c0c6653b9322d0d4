use std::borrow::Cow;

use portal_wire::DeviceType;

/// What somebody used, in full: "Firefox extension".
pub fn device_name(device: DeviceType) -> Cow<'static, str> {
    Cow::Borrowed(match device {
        DeviceType::Android => "Android app",
        DeviceType::Ios => "iOS app",
        DeviceType::ChromeExtension => "Chrome extension",
        DeviceType::FirefoxExtension => "Firefox extension",
        DeviceType::OperaExtension => "Opera extension",
        DeviceType::EdgeExtension => "Edge extension",
        DeviceType::WindowsDesktop => "Windows app",
        DeviceType::MacOsDesktop => "macOS app",
        DeviceType::LinuxDesktop => "Linux app",
        DeviceType::ChromeBrowser => "Web vault in Chrome",
        DeviceType::FirefoxBrowser => "Web vault in Firefox",
        DeviceType::OperaBrowser => "Web vault in Opera",
        DeviceType::EdgeBrowser => "Web vault in Edge",
        DeviceType::IeBrowser => "Web vault in Internet Explorer",
        DeviceType::UnknownBrowser => "Web vault in an unknown browser",
        DeviceType::AndroidAmazon => "Android app from Amazon",
        DeviceType::Uwp => "Windows Store app",
        DeviceType::SafariBrowser => "Web vault in Safari",
        DeviceType::VivaldiBrowser => "Web vault in Vivaldi",
        DeviceType::VivaldiExtension => "Vivaldi extension",
        DeviceType::SafariExtension => "Safari extension",
        DeviceType::Sdk => "SDK",
        DeviceType::Server => "Server",
        DeviceType::WindowsCli => "Command line on Windows",
        DeviceType::MacOsCli => "Command line on macOS",
        DeviceType::LinuxCli => "Command line on Linux",
        DeviceType::DuckDuckGoBrowser => "Web vault in DuckDuckGo",
        DeviceType::Unknown(number) => return Cow::Owned(format!("Unknown device (type {number})")),
    })
}

/// The same in one word, for a narrow column.
pub fn device_short(device: DeviceType) -> &'static str {
    match device {
        DeviceType::Android | DeviceType::AndroidAmazon => "Android",
        DeviceType::Ios => "iOS",
        DeviceType::ChromeExtension | DeviceType::ChromeBrowser => "Chrome",
        DeviceType::FirefoxExtension | DeviceType::FirefoxBrowser => "Firefox",
        DeviceType::OperaExtension | DeviceType::OperaBrowser => "Opera",
        DeviceType::EdgeExtension | DeviceType::EdgeBrowser => "Edge",
        DeviceType::VivaldiExtension | DeviceType::VivaldiBrowser => "Vivaldi",
        DeviceType::SafariExtension | DeviceType::SafariBrowser => "Safari",
        DeviceType::DuckDuckGoBrowser => "DuckDuckGo",
        DeviceType::WindowsDesktop | DeviceType::Uwp => "Windows",
        DeviceType::MacOsDesktop => "macOS",
        DeviceType::LinuxDesktop => "Linux",
        DeviceType::IeBrowser => "IE",
        DeviceType::UnknownBrowser => "Browser",
        DeviceType::Sdk => "SDK",
        DeviceType::Server => "Server",
        DeviceType::WindowsCli | DeviceType::MacOsCli | DeviceType::LinuxCli => "CLI",
        DeviceType::Unknown(_) => "Unknown",
    }
}
