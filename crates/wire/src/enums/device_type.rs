//! What somebody signed in with.

use super::numbered;

numbered! {
    /// The kind of device or program behind a session.
    pub enum DeviceType named {
        Android = 0, "Android";
        Ios = 1, "iOS";
        ChromeExtension = 2, "ChromeExtension";
        FirefoxExtension = 3, "FirefoxExtension";
        OperaExtension = 4, "OperaExtension";
        EdgeExtension = 5, "EdgeExtension";
        WindowsDesktop = 6, "WindowsDesktop";
        MacOsDesktop = 7, "MacOsDesktop";
        LinuxDesktop = 8, "LinuxDesktop";
        ChromeBrowser = 9, "ChromeBrowser";
        FirefoxBrowser = 10, "FirefoxBrowser";
        OperaBrowser = 11, "OperaBrowser";
        EdgeBrowser = 12, "EdgeBrowser";
        IeBrowser = 13, "IEBrowser";
        UnknownBrowser = 14, "UnknownBrowser";
        AndroidAmazon = 15, "AndroidAmazon";
        Uwp = 16, "UWP";
        SafariBrowser = 17, "SafariBrowser";
        VivaldiBrowser = 18, "VivaldiBrowser";
        VivaldiExtension = 19, "VivaldiExtension";
        SafariExtension = 20, "SafariExtension";
        Sdk = 21, "SDK";
        Server = 22, "Server";
        WindowsCli = 23, "WindowsCLI";
        MacOsCli = 24, "MacOsCLI";
        LinuxCli = 25, "LinuxCLI";
        DuckDuckGoBrowser = 26, "DuckDuckGoBrowser";
    }
}
