namespace Orchestrator.Jobs.Tests.Messages;

/// <summary>
/// A test that needs a real RabbitMQ: skipped where there is none, unless <c>ORCHESTRATOR_REQUIRE_RABBITMQ</c> says that it must be
/// there, as in continuous integration; then it fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class RabbitFactAttribute : FactAttribute
{
    const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    public RabbitFactAttribute()
    {
        if (!File.Exists(Server) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ORCHESTRATOR_REQUIRE_RABBITMQ")))
            Skip = $"There is no {Server} (Debian package rabbitmq-server).";
    }
}
