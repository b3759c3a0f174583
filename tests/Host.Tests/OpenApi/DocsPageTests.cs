using System.Net;
using System.Text.RegularExpressions;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>The page works where there is no internet, and takes no address that is not its own.</summary>
public sealed partial class DocsPageTests(DescribedService service) : IClassFixture<DescribedService>
{
    [GeneratedRegex("""(src|href)=["'](?<address>[^"']+)["']""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [Fact]
    public async Task Root_Get_LeadsToThePage()
    {
        using var reply = await service.Http.GetAsync("/");

        Assert.Equal("/docs/index.html", reply.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("text/html", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Page_WithoutItsFileName_IsFound()
    {
        using var reply = await service.Http.GetAsync("/docs");

        Assert.Equal("text/html", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal("DENY", reply.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task Page_Links_AreItsOwnAndThere()
    {
        var page = await service.Http.GetStringAsync("/docs/index.html");
        var links = Link().Matches(page).Select(link => link.Groups["address"].Value).Where(address => !address.StartsWith("data:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            Assert.DoesNotContain("//", link, StringComparison.Ordinal);
            using var file = await service.Http.GetAsync(new Uri($"/docs/{link}", UriKind.Relative));
            Assert.True(file.IsSuccessStatusCode, link);
        }
    }

    [Fact]
    public async Task Page_Settings_NameTheDocumentsAndNoValidator()
    {
        var settings = await service.Http.GetStringAsync("/docs/index.js");

        Assert.Contains("../openapi/v1.json", settings, StringComparison.Ordinal);
        Assert.Contains("../openapi/v1-3.1.json", settings, StringComparison.Ordinal);
        // The script takes none where its settings name none.
        Assert.DoesNotContain("\"validatorUrl\":", settings, StringComparison.Ordinal);
        Assert.Contains("configObject.validatorUrl = null", settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/none.js")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/none")]
    public async Task Get_WhatIsNot_HasTheErrorEnvelope(string address)
    {
        using var reply = await service.Http.GetAsync(address);

        var error = await reply.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.Equal("unknown_url", error.GetProperty("code").GetString());
    }
}
