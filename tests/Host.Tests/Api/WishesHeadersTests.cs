using Microsoft.AspNetCore.Http;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tests.Api;

public sealed class WishesHeadersTests
{
    [Fact]
    public void Read_NoHeader_LeavesAllToThePolicy() => Assert.Null(WishesHeaders.Read(new HeaderDictionary()));

    [Fact]
    public void Read_Both_IsEachWeightAndLicence()
    {
        var wishes = Read("size=0.2, latency = 0.1,cost=3,recency=0", "apache-2.0, mit")!;

        Assert.Equal((0.2, 0.1, 3, 0), (wishes.Size!.Value, wishes.Latency!.Value, wishes.Cost!.Value, wishes.Recency!.Value));
        Assert.Equal(["apache-2.0", "mit"], wishes.Licences);
    }

    [Fact]
    public void Read_OneWeight_LeavesTheOthersToThePolicy()
    {
        var wishes = Read("cost=0.5", "")!;

        Assert.Equal((null, null, 0.5, null, null), (wishes.Size, wishes.Latency, wishes.Cost, wishes.Recency, wishes.Licences));
    }

    [Theory]
    [InlineData("colour=1")]
    [InlineData("size")]
    [InlineData("size=")]
    [InlineData("size=big")]
    [InlineData("size=-1")]
    [InlineData("size=101")]
    [InlineData("size=NaN")]
    [InlineData("size=1e3")]
    [InlineData("size=1=2")]
    [InlineData("size=0.1, size=0.2")]
    public void Read_BadWeight_Is400NamingWhatIsAllowed(string prefer)
    {
        var error = Assert.Throws<ApiException>(() => Read(prefer, "")).Error;

        Assert.Equal((400, "x-orchestrator-prefer"), (error.Status, error.Param));
        Assert.Contains("size, latency, cost and recency", error.Message);
        Assert.Contains("0 to 100", error.Message);
    }

    [Fact]
    public void Read_TooManyLicences_Is400()
    {
        var error = Assert.Throws<ApiException>(() => Read("", string.Join(',', Enumerable.Range(0, 17)))).Error;

        Assert.Equal((400, "x-orchestrator-licence"), (error.Status, error.Param));
    }

    static Router.Routing.RouteWishes? Read(string prefer, string licence) => WishesHeaders.Read(
        new HeaderDictionary { [WishesHeaders.Prefer] = prefer, [WishesHeaders.Licence] = licence });
}
