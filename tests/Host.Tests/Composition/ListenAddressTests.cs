using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Tests.Composition;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://LOCALHOST:8080", true)]
    [InlineData("http://127.0.0.2:8080", true)]
    [InlineData("http://[0:0:0:0:0:0:0:1]:8080", true)]
    [InlineData("http://localhost.example:8080", false)]
    [InlineData("http://unix:/tmp/socket", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://*:8080", false)]
    public void ParseAll_GoodAddress_KnowsWhetherItIsLoopback(string url, bool loopback) =>
        Assert.Equal([new ListenAddress(url, loopback)], ListenAddress.ParseAll(url));

    [Fact]
    public void ParseAll_Several_AreTrimmed() =>
        Assert.Equal(2, ListenAddress.ParseAll("http://localhost:1; http://localhost:2;").Count);

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("ftp://localhost:1")]
    [InlineData("https://localhost:1")]
    [InlineData("http://localhost:70000")]
    [InlineData("http://localhost:1/path")]
    public void ParseAll_BadAddress_SaysWhatIsAllowed(string urls) =>
        Assert.Contains("http://", Assert.Throws<ConfigException>(() => ListenAddress.ParseAll(urls)).Message);

    [Fact]
    public void ParseAll_SeveralBad_NamesAll() =>
        Assert.Equal(2, Assert.Throws<ConfigException>(() => ListenAddress.ParseAll("foo;bar")).Errors.Count);
}
