using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Tests.Composition;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData("ModelContextProtocol.Server.McpServer", LogLevel.Error, false)]
    [InlineData("Microsoft.AspNetCore.Routing", LogLevel.Information, false)]
    [InlineData("Orchestrator.Host.Errors.ErrorEnvelopeMiddleware", LogLevel.Information, true)]
    public void AddConsole_Category_IsHeardFromItsLevel(string category, LogLevel level, bool heard)
    {
        using var services = new ServiceCollection().AddLogging(WebHost.AddConsole).BuildServiceProvider();

        Assert.Equal(heard, services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level));
    }
}
