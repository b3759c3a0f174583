using System.Net;
using Orchestrator.Host.Feedback;

namespace Orchestrator.Host.Tests.Feedback;

public sealed class ClientKeyTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void Of_Address_IsOneForAllThatAHostHas(string address, string key) =>
        Assert.Equal(key, ClientKey.Of(IPAddress.Parse(address)));
}
