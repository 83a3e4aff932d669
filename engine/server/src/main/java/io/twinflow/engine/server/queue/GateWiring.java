package io.twinflow.engine.server.queue;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the gate before whatever receives submissions. */
@Configuration(proxyBeanMethods = false)
class GateWiring implements WebMvcConfigurer {

  private final UploadGate gate;

  GateWiring(UploadGate gate) {
    this.gate = gate;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(gate);
  }
}
