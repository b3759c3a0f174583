using Microsoft.AspNetCore.Http;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Authentication;

namespace Orchestrator.Host.Tests.Authentication;

public sealed class AllowedOriginsTests
{
    const string Listed = "http://chat.example:3000; vscode-webview://abc";

    [Theory]
    [InlineData("", "http://127.0.0.1:8080", true)]
    [InlineData("", "https://127.0.0.1:8080", true)]
    [InlineData("", "http://127.0.0.1:8081", false)]
    [InlineData("", "http://localhost:8080", false)]
    [InlineData("", "http://evil.example", false)]
    [InlineData("", "null", false)]
    [InlineData("", "127.0.0.1:8080", false)]
    [InlineData(Listed, "http://chat.example:3000", true)]
    [InlineData(Listed, "http://CHAT.example:3000", true)]
    [InlineData(Listed, "vscode-webview://abc", true)]
    [InlineData(Listed, "https://chat.example:3000", false)]
    [InlineData(Listed, "http://chat.example:3000.evil.example", false)]
    [InlineData("*", "null", true)]
    public void TakesOrigin_ToItsOwnAddress_OnlyItselfAndWhatIsListed(string allowed, string origin, bool taken) =>
        Assert.Equal(taken, Of(allowed).TakesOrigin(origin, new HostString("127.0.0.1:8080")));

    [Theory]
    [InlineData("", "localhost:8080", true)]
    [InlineData("", "LOCALHOST", true)]
    [InlineData("", "127.0.0.1:8080", true)]
    [InlineData("", "[::1]:8080", true)]
    [InlineData("", "", true)]
    [InlineData("", "rebound.example:8080", false)]
    [InlineData("", "127.0.0.1.rebound.example", false)]
    [InlineData("", "192.168.0.7", false)]
    [InlineData(Listed, "chat.example", true)]
    [InlineData("*", "rebound.example", true)]
    public void TakesHost_OnLoopbackOnly_IsANameOfThisMachine(string allowed, string host, bool taken) =>
        Assert.Equal(taken, Of(allowed).TakesHost(new HostString(host)));

    [Fact]
    public void TakesHost_BeyondLoopback_IsAnyName() =>
        Assert.True(AllowedOrigins.From(new ServerConfig(), loopbackOnly: false).TakesHost(new HostString("experts.example")));

    static AllowedOrigins Of(string allowed) => AllowedOrigins.From(new ServerConfig { AllowedOrigins = allowed }, loopbackOnly: true);
}
